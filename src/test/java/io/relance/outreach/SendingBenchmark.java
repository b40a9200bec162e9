package io.relance.outreach;

import io.relance.RelanceApplication;
import io.relance.outreach.permission.Channel;
import io.relance.outreach.print.PrintBenchmark;
import io.relance.support.SmtpSink;
import jakarta.mail.internet.MimeMessage;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/**
 * Prints the figures of docs/benchmarks.md about messages: {@code ./mvnw -q -Pbench test-compile
 * exec:exec@sending}. The application runs in this process, without an engine: only its sender is
 * measured, from requests in the database to the answer of the mail server. The parts are {@code
 * rendered}, {@code path}, {@code consolidation} and {@code pdf}.
 */
public final class SendingBenchmark {

  private static final int ROUNDS = 5;
  private static final int MAILS = 1_000;
  private static final int THREADS = 4;
  private static final int PAYERS = 20_000;
  private static final int INVOICES_EACH = 5;

  private final JdbcTemplate jdbc;
  private final NoticeSender sender;
  private final NoticeFacts facts;
  private final NoticeTemplates templates;
  private final Mailer mailer;
  private final MailBodies bodies;
  private final JavaMailSenderImpl mail;
  private final LocalDate today;
  private final Instant now;
  private long nextPayer = 1_000_000;
  private long nextInvoice = 1_000_000;

  private SendingBenchmark(ConfigurableApplicationContext context) {
    jdbc = context.getBean(JdbcTemplate.class);
    sender = context.getBean(NoticeSender.class);
    facts = context.getBean(NoticeFacts.class);
    templates = context.getBean(NoticeTemplates.class);
    mailer = context.getBean(Mailer.class);
    bodies = context.getBean(MailBodies.class);
    mail = context.getBean(JavaMailSenderImpl.class);
    now = context.getBean(java.time.InstantSource.class).instant();
    today = now.atZone(java.time.ZoneId.of("Europe/Paris")).toLocalDate();
  }

  public static void main(String[] args) throws Exception {
    int code = 1;
    try (SmtpSink sink = new SmtpSink();
        ConfigurableApplicationContext context =
            SpringApplication.run(
                RelanceApplication.class,
                "--relance.home=" + args[0] + "/" + System.nanoTime(),
                "--server.port=0",
                "--relance.clock.start=2026-03-03T09:00:00Z",
                "--relance.engine.mode=external",
                "--relance.engine.grpc-address=http://127.0.0.1:9",
                "--relance.engine.rest-address=http://127.0.0.1:9",
                "--relance.demo.enabled=true",
                "--relance.demo.external-engine=true",
                "--relance.demo.ledger=false",
                "--relance.collection.interval=10d",
                "--relance.collection.initial-delay=10d",
                "--relance.mail.mode=external",
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + sink.port())) {
      List<String> parts = List.of(args[1].split(","));
      SendingBenchmark bench = new SendingBenchmark(context);
      if (parts.contains("rendered")) {
        bench.rendered();
      }
      if (parts.contains("path")) {
        bench.messages(sink);
      }
      if (parts.contains("consolidation")) {
        bench.consolidation(sink);
      }
      if (parts.contains("pdf")) {
        PrintBenchmark.main(new String[0]);
      }
      code = 0;
    } catch (Exception failed) {
      failed.printStackTrace();
    }
    System.exit(code);
  }

  /** Rendered from facts in hand and sent, without what makes it exactly once. */
  private void rendered() throws Exception {
    MimeMessage small = small();
    List<Notice> notices = new ArrayList<>();
    for (long payer : owe(MAILS, 1, "courteous")) {
      NoticeFacts.Facts known = facts.read(payer, now);
      notices.add(
          new Notice(
              known.creditor(),
              known.payer(),
              Channel.EMAIL,
              Tone.COURTEOUS,
              known.day(),
              "b@payers.example",
              known.remindable(),
              List.of(),
              List.of(),
              null));
    }
    MimeMessage alike = alike(notices.getFirst());
    each(MAILS, i -> renderAndSend(notices.get(i)));
    each(MAILS, i -> mail.send(alike));
    for (int round = 1; round <= ROUNDS; round++) {
      double ours = MAILS / each(MAILS, i -> renderAndSend(notices.get(i)));
      double oneOfOurs = MAILS / each(MAILS, i -> mail.send(alike));
      double oneOfText = MAILS / each(MAILS, i -> mail.send(small));
      System.out.printf(
          Locale.ROOT,
          "| rendered and sent, round %d | %.0f/s; one of them again and again %.0f/s, ratio %.2f;"
              + " a small text again and again %.0f/s, ratio %.2f |%n",
          round,
          ours,
          oneOfOurs,
          ours / oneOfOurs,
          oneOfText,
          ours / oneOfText);
    }
  }

  /** What goes out for this notice, made once. */
  private MimeMessage alike(Notice notice) throws Exception {
    RenderedNotice words = templates.render(notice);
    MimeMessage message = mail.createMimeMessage();
    message.setFrom("accounts@creditor.example");
    message.setRecipients(MimeMessage.RecipientType.TO, notice.recipient());
    message.setSubject(words.subject(), "UTF-8");
    message.setContent(
        bodies.of(notice.creditor(), words.text(), words.html(), words.code(), List.of()));
    message.saveChanges();
    return message;
  }

  private void renderAndSend(Notice notice) {
    RenderedNotice words = templates.render(notice);
    mailer.send(
        notice.creditor(),
        new NoticeStore.Kept(
            0,
            notice.payer().id(),
            notice.channel(),
            notice.tone(),
            words.language(),
            "sending",
            notice.day(),
            notice.recipient(),
            words.subject(),
            words.text(),
            words.html(),
            "<notice." + UUID.randomUUID() + "@creditor.example>",
            notice.factsHash(),
            null,
            now,
            words.code(),
            null,
            ""),
        now,
        () -> {});
  }

  /** Ours against the same library that sends one fixed message; alternating. */
  private void messages(SmtpSink sink) throws Exception {
    MimeMessage small = small();
    List<Long> warm = owe(MAILS, 1, "courteous");
    each(warm.size(), i -> sender.send(warm.get(i)));
    each(MAILS, i -> mail.send(small));
    for (int round = 1; round <= ROUNDS; round++) {
      List<Long> payers = owe(MAILS, 1, "courteous");
      int before = sink.count();
      double ours = MAILS / each(payers.size(), i -> sender.send(payers.get(i)));
      if (sink.count() - before != MAILS) {
        throw new IllegalStateException("sent " + (sink.count() - before) + " of " + MAILS);
      }
      double theirs = MAILS / each(MAILS, i -> mail.send(small));
      System.out.printf(
          Locale.ROOT,
          "| whole path, round %d | %.0f/s; a small text again and again %.0f/s; ratio %.2f |%n",
          round,
          ours,
          theirs,
          ours / theirs);
    }
  }

  private MimeMessage small() throws Exception {
    MimeMessage message = mail.createMimeMessage();
    MimeMessageHelper helper = new MimeMessageHelper(message, "UTF-8");
    helper.setFrom("accounts@creditor.example");
    helper.setTo("payer@payers.example");
    helper.setSubject("A reminder");
    helper.setText("Please pay.\n".repeat(40));
    message.saveChanges();
    return message;
  }

  private void consolidation(SmtpSink sink) throws Exception {
    List<Long> payers = owe(PAYERS, INVOICES_EACH, "courteous");
    int before = sink.count();
    System.gc();
    List<MemoryPoolMXBean> heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    heap.forEach(MemoryPoolMXBean::resetPeakUsage);
    double seconds = each(payers.size(), i -> sender.send(payers.get(i)));
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        Locale.ROOT,
        "| consolidation | %d requests of %d payers became %d messages in %.0f s (%.0f requests/s); peak heap %d of %d MB |%n",
        PAYERS * INVOICES_EACH,
        PAYERS,
        sink.count() - before,
        seconds,
        PAYERS * INVOICES_EACH / seconds,
        heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() >> 20,
        runtime.maxMemory() >> 20);
  }

  /** Seconds that it takes. */
  private static double each(int count, IntConsumer work) throws Exception {
    long begin = System.nanoTime();
    try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<Void>> parts =
          IntStream.range(0, THREADS)
              .<Callable<Void>>mapToObj(
                  part ->
                      () -> {
                        for (int i = part; i < count; i += THREADS) {
                          work.accept(i);
                        }
                        return null;
                      })
              .toList();
      for (var result : pool.invokeAll(parts)) {
        result.get();
      }
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  /** New payers with overdue invoices, of each of which a reminder is asked for. */
  private List<Long> owe(int payers, int invoicesEach, String tone) {
    List<Object[]> people = new ArrayList<>();
    List<Object[]> debts = new ArrayList<>();
    List<Object[]> requests = new ArrayList<>();
    List<Long> ids = new ArrayList<>();
    for (int p = 0; p < payers; p++) {
      long payer = nextPayer++;
      ids.add(payer);
      people.add(
          new Object[] {
            payer,
            "B" + payer,
            "Benchmark " + payer,
            "b" + payer + "@payers.example",
            Timestamp.from(now),
            Timestamp.from(now)
          });
      for (int i = 0; i < invoicesEach; i++) {
        long invoice = nextInvoice++;
        debts.add(
            new Object[] {
              invoice,
              payer,
              "B" + payer + "-" + i,
              Date.valueOf(today.minusDays(40)),
              Date.valueOf(today.minusDays(10)),
              100 + i,
              100 + i,
              100 + i,
              Timestamp.from(now),
              Timestamp.from(now)
            });
        requests.add(new Object[] {payer, invoice, tone, "bench-" + invoice, Timestamp.from(now)});
      }
    }
    insert(
        "INSERT INTO payer (id, creditor_id, number, name, country, language, email, created_at, updated_at) VALUES (?,1,?,?,'FR','fr',?,?,?)",
        people);
    insert(
        "INSERT INTO invoice (id, creditor_id, payer_id, number, issue_date, due_date, amount, open_amount, told_open_amount, currency, created_at, updated_at)"
            + " VALUES (?,1,?,?,?,?,?,?,?,'EUR',?,?)",
        debts);
    insert(
        "INSERT INTO notice_request (payer_id, invoice_id, channel, tone, source, state, requested_at) VALUES (?,?,'email',?,?,'requested',?)",
        requests);
    return ids;
  }

  private void insert(String sql, List<Object[]> rows) {
    for (int from = 0; from < rows.size(); from += 5_000) {
      jdbc.batchUpdate(sql, rows.subList(from, Math.min(rows.size(), from + 5_000)));
    }
  }
}
