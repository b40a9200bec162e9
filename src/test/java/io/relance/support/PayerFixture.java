package io.relance.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** A payer of one story, with an address that no other story uses. */
public final class PayerFixture {

  private static final String HEADER =
      "customer_id,customer_name,email,phone,country,language,invoice_number,issue_date,due_date,amount,currency,disputed,settled_date,segment,account_owner,postal_address\n";
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final Server server;
  private final String number;
  private final String name;
  private final String email;
  private String country = "GB";
  private String segment = "";
  private String owner = "";
  private String phone = "+33 1 00 00 00 00";
  private String postalAddress = "";
  private String language = "en";

  private PayerFixture(Server server, String name, boolean reachable) {
    this.server = server;
    this.name = name;
    this.number = "P" + NUMBERS.incrementAndGet();
    this.email = reachable ? number.toLowerCase(java.util.Locale.ROOT) + "@payers.example" : "";
  }

  /** A payer of middling record (band C), with an e-mail address. */
  public static PayerFixture aPayer(Server server) {
    return new PayerFixture(server, "Story & Sons", true);
  }

  public static PayerFixture aPayerWithoutAddress(Server server) {
    return new PayerFixture(server, "Nobody Ltd", false);
  }

  /** A payer who lives where this telephone number is. */
  public PayerFixture livingIn(String country, String phone) {
    this.country = country;
    this.phone = phone;
    return this;
  }

  /** A payer who can be written to on the telephone. */
  public PayerFixture withMobile(String phone) {
    this.phone = phone;
    return this;
  }

  public PayerFixture withPostalAddress(String address) {
    this.postalAddress = address;
    return this;
  }

  /** A payer who is written to in this language. */
  public PayerFixture speaking(String language) {
    this.language = language;
    return this;
  }

  /** A key account that this user looks after. */
  public PayerFixture asKeyAccountOf(String owner) {
    this.segment = "key-account";
    this.owner = owner;
    return this;
  }

  public PayerFixture inSegment(String segment) {
    this.segment = segment;
    return this;
  }

  public String number() {
    return number;
  }

  public String email() {
    return email;
  }

  /** An invoice number of this payer. */
  public String invoice(int n) {
    return number + "-" + n;
  }

  /** An invoice that is due so many days before the clock's today; negative for days ahead. */
  public record Item(
      int n, String amount, String currency, int dueDaysAgo, String disputed, String settled) {

    public static Item item(int n, String amount, String currency, int dueDaysAgo) {
      return new Item(n, amount, currency, dueDaysAgo, "no", "");
    }
  }

  /** Owes one invoice more. */
  public PayerFixture owes(int n, String amount, String currency, int dueDaysAgo) {
    return owes(Item.item(n, amount, currency, dueDaysAgo));
  }

  /** Owes these invoices, which arrive in one file and so come up at one moment. */
  public PayerFixture owes(Item... items) {
    StringBuilder csv = new StringBuilder(HEADER);
    for (Item item : items) {
      csv.append(lineOf(item)).append('\n');
    }
    JsonNode report =
        server
            .importLedger(csv.toString().getBytes(StandardCharsets.UTF_8), Map.of())
            .expect(200)
            .json();
    assertThat(report.path("errors").size()).as(report.toString()).isZero();
    return this;
  }

  public void row(
      int n, String amount, String currency, int dueDaysAgo, String disputed, String settled) {
    owes(new Item(n, amount, currency, dueDaysAgo, disputed, settled));
  }

  private String lineOf(Item item) {
    LocalDate due = today().minusDays(item.dueDaysAgo());
    return String.join(
        ",",
        number,
        "\"" + name + "\"",
        email,
        phone,
        country,
        language,
        invoice(item.n()),
        due.minusDays(30).toString(),
        due.toString(),
        item.amount(),
        item.currency(),
        item.disputed(),
        item.settled(),
        segment,
        owner,
        "\"" + postalAddress + "\"");
  }

  public LocalDate today() {
    return server.now().atZone(ZoneId.of("Europe/Paris")).toLocalDate();
  }

  /** Pays by bank transfer, naming the invoice. */
  public JsonNode pays(int n, String amount, String currency) {
    String csv =
        "date,amount,currency,reference,remittance\n%s,%s,%s,%s,Invoice %s\n"
            .formatted(
                today(),
                amount,
                currency,
                "TX-" + number + "-" + NUMBERS.incrementAndGet(),
                invoice(n));
    return server.importBank(csv).expect(200).json();
  }

  /** An agent takes down that an invoice is promised in so many days. */
  public void promises(int n, int days) {
    post(n, "promise", "{\"promisedFor\":\"%s\"}".formatted(today().plusDays(days)));
  }

  /** An agent takes a dispute down: of this amount, or of all if it is null. */
  public void disputes(int n, String amount) {
    post(n, "dispute", "{\"reason\":\"price\",\"amount\":%s}".formatted(amount));
  }

  private void post(int n, String what, String body) {
    server.post("/api/v1/invoices/" + invoice(n) + "/" + what, body, "agent").expect(204);
  }

  /** A manager writes an invoice off. */
  public void isGivenUp(int n) {
    server
        .post(
            "/api/v1/invoices/" + invoice(n) + "/conclusion",
            "{\"outcome\":\"written-off\",\"note\":\"gone\"}")
        .expect(204);
  }

  /** All of the payer's invoices are on hold for so many days. */
  public void onHold(int days) {
    server
        .put(
            "/api/v1/customers/" + number + "/hold",
            "{\"reason\":\"talks\",\"until\":\"%s\"}".formatted(today().plusDays(days)),
            "agent")
        .expect(204);
  }

  public JsonNode file(int n) {
    return server.get("/api/v1/invoices/" + invoice(n)).expect(200).json();
  }

  public String timeline(int n) {
    return server.get("/api/v1/invoices/" + invoice(n) + "/timeline").expect(200).body();
  }

  public List<MimeMessage> mails() {
    return SharedServer.mail().to(email);
  }

  /** Channel and carrier of each message that was sent, in their order: {@code sms by catch}. */
  public List<String> sent() {
    return server
        .database()
        .queryForList(
            "SELECT CONCAT(n.channel, ' by ', n.carrier) FROM notice n JOIN payer p ON p.id = n.payer_id"
                + " WHERE p.number = ? AND n.state = 'sent' ORDER BY n.id",
            String.class,
            number);
  }

  /** Waits until the payer has one task, of this type. */
  public JsonNode awaitTask(String type) {
    await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () ->
                openTasks().size() == 1 && openTasks().get(0).path("type").asString().equals(type));
    return openTasks().get(0);
  }

  /** Waits until the payer's one task has its place in the work list, too: filters go by that. */
  public JsonNode awaitRankedTask(String type) {
    awaitTask(type);
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> openTasks().path(0).path("standing").isObject());
    return awaitTask(type);
  }

  public JsonNode openTasks() {
    return server.get("/api/v1/tasks?customer=" + number).expect(200).json().path("items");
  }

  /** An agent completes the payer's first task with what the form gives. */
  public void completes(String variables) {
    answer(variables, 204, "agent");
  }

  /** The same by a manager, whose task it is; an agent may not. */
  public void managerCompletes(String variables) {
    answer(variables, 403, "agent");
    answer(variables, 204, "manager");
  }

  /** What the form gives is refused. */
  public void refuses(String variables) {
    answer(variables, 422, "agent");
  }

  private void answer(String variables, int status, String user) {
    assertThat(openTasks()).as("open tasks of " + number).isNotEmpty();
    String key = openTasks().get(0).path("key").asString();
    server
        .post("/api/v1/tasks/" + key + "/complete", "{\"variables\":" + variables + "}", user)
        .expect(status);
  }

  /** The states of this payer's rows of a table, in the order of their making. */
  public List<String> states(String table) {
    return server
        .database()
        .queryForList(
            "SELECT t.state FROM "
                + table
                + " t JOIN payer p ON p.id = t.payer_id WHERE p.number = ? ORDER BY t.id",
            String.class,
            number);
  }

  /** Waits until this payer's processes of a model have come to these end events, in this order. */
  public void awaitEnds(String model, String... expected) {
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertThat(ends(model)).containsExactly(expected));
  }

  private List<String> ends(String model) {
    return server
        .database()
        .queryForList(
            "SELECT ev.element_id FROM process_subject s JOIN payer p ON p.id = s.payer_id"
                + " JOIN engine_instance e ON e.process_instance_key = s.process_instance_key"
                + " JOIN engine_element_event ev ON ev.process_instance_key = s.process_instance_key"
                + " WHERE p.number = ? AND e.bpmn_process_id = ? AND ev.element_type = 'END_EVENT' AND ev.intent LIKE '%COMPLETED'"
                + " ORDER BY ev.position",
            String.class, number, model);
  }

  /** Steps of an invoice in a state, {@code taken} or {@code skipped}. */
  public List<String> steps(int n, String state) {
    return server
        .database()
        .queryForList(
            "SELECT s.step FROM case_step s JOIN collection_case c ON c.id = s.case_id JOIN invoice i ON i.id = c.invoice_id"
                + " WHERE i.number = ? AND s.state = ? ORDER BY s.id",
            String.class,
            invoice(n),
            state);
  }

  /** Processes that were ever started for an invoice, counted by the engine's own records. */
  public long processes(int n) {
    return server.count(
        "SELECT COUNT(DISTINCT c.process_instance_key) FROM collection_case c JOIN invoice i ON i.id = c.invoice_id"
            + " JOIN engine_instance e ON e.process_instance_key = c.process_instance_key WHERE i.number = ?",
        invoice(n));
  }

  /** The plain text of a mail. */
  public static String textOf(Part part) {
    try {
      if (part.isMimeType("text/plain")) {
        return part.getContent().toString();
      }
      if (part.getContent() instanceof Multipart parts) {
        for (int i = 0; i < parts.getCount(); i++) {
          String text = textOf(parts.getBodyPart(i));
          if (!text.isEmpty()) {
            return text;
          }
        }
      }
      return "";
    } catch (IOException | MessagingException e) {
      throw new IllegalStateException(e);
    }
  }
}
