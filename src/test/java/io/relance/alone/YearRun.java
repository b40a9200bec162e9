package io.relance.alone;

import static org.assertj.core.api.Assertions.assertThat;

import io.relance.support.Server;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/**
 * A year of the demo ledger, and of new invoices each month, with agents and managers who answer
 * their tasks in all the ways that there are; what must always hold is looked at each day. Too long
 * for every build: {@code ./mvnw -q test -Dtest=YearRun}, some twenty minutes.
 */
class YearRun {

  private static final int DAYS = Integer.getInteger("relance.year.days", 365);
  private static final int PAYERS = 40;
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final LocalTime OPENS = LocalTime.of(8, 0);
  private static final LocalTime CLOSES = LocalTime.of(18, 0);
  private static final LocalTime TEXTS_OPEN = LocalTime.of(9, 0);
  private static final Map<String, Integer> IN_SEVEN_DAYS =
      Map.of("email", 3, "sms", 2, "whatsapp", 2);

  private final Random random = new Random(7);
  private final Map<String, Integer> answered = new TreeMap<>();
  private final Map<Long, ZoneId> zones = new HashMap<>();

  @Test
  void everyDayOfAYearIsRight() {
    try (Server server =
        Server.fresh(
            "year",
            Map.of(
                "relance.demo.ledger", "true",
                "relance.clock.start", "2026-01-05T09:00:00Z",
                "relance.outreach.gather", "500ms"))) {
      for (int day = 0; day < DAYS; day++) {
        if (day % 30 == 0) {
          newInvoices(server, day / 30);
        }
        Instant before = server.now();
        server.advance("P1D");
        dayIsRight(server, before);
        answerTasks(server);
      }
      JdbcTemplate database = server.database();
      System.out.printf(
          "%d days: %d messages, %d calls, tasks answered %s, invoices %s%n",
          DAYS,
          server.count("SELECT COUNT(*) FROM notice WHERE state = 'sent'"),
          server.count("SELECT COUNT(*) FROM payer_call"),
          answered,
          database.queryForList(
              "SELECT CASE WHEN settled_on IS NOT NULL THEN 'paid' ELSE COALESCE(outcome, 'open') END AS state, COUNT(*) AS number FROM invoice GROUP BY 1"));
      assertThat(answered.keySet())
          .as("kinds of tasks that came up")
          .contains(
              "Task_CallPayer",
              "Task_PostNotice",
              "Task_ApproveHandover",
              "Task_ReviewCase",
              "Task_PostLetter",
              "Task_ApprovePlan",
              "Task_SettleDispute",
              "Task_VisitKeyAccount",
              "Task_CallKeyAccount");
    }
  }

  /** A month's invoices of payers in three countries, who pay early, late or never. */
  private void newInvoices(Server server, int month) {
    LocalDate today = server.now().atZone(PARIS).toLocalDate();
    StringBuilder csv =
        new StringBuilder(
            "customer_id,customer_name,email,phone,country,language,segment,account_owner,postal_address,invoice_number,issue_date,due_date,amount,currency,disputed,settled_date\n");
    for (int n = 0; n < PAYERS; n++) {
      String[] home =
          List.of("FR,fr,+33 6 12 34 56 78", "GB,en,+44 20 7946 0018", "US,en,+1 212 555 0100")
              .get(n % 3)
              .split(",");
      LocalDate due = today.plusDays(15 + random.nextInt(25));
      LocalDate settled = due.plusDays(n % 5 * 12 - 6 + random.nextInt(9));
      csv.append(
          "Y%02d,Year %02d,%s,%s,%s,%s,%s,%s,Y%02d-%d,%s,%s,%d.00,EUR,%s,%s%n"
              .formatted(
                  n,
                  n,
                  n % 5 == 4 ? "" : "y" + n + "@payers.example",
                  home[2],
                  home[0],
                  home[1],
                  n % 8 == 0 ? "key-account,agent" : ",",
                  n % 2 == 1 ? "\"" + n + " Long Road, Town\"" : "",
                  n,
                  month,
                  today.minusDays(1),
                  due,
                  20 + random.nextInt(8000),
                  random.nextInt(30) == 0 ? "yes" : "no",
                  random.nextInt(6) == 0 ? "" : settled));
    }
    server
        .importLedger(
            csv.toString().getBytes(StandardCharsets.UTF_8),
            Map.of("asOf", today.toString(), "replay", "true"))
        .expect(200);
  }

  private void dayIsRight(Server server, Instant before) {
    LocalDate today = server.now().atZone(PARIS).toLocalDate();
    JdbcTemplate database = server.database();
    String sentToday =
        " FROM notice n JOIN notice_item t ON t.notice_id = n.id JOIN invoice i ON i.id = t.invoice_id"
            + " WHERE n.state IN ('sent','unknown') AND n.sent_at > ? AND n.tone NOT IN ('thanks','formal') AND ";
    String reminderToday = sentToday + "n.tone <> 'plan' AND ";
    java.sql.Timestamp since = io.relance.kernel.Sql.timestamp(before);
    none(
        database,
        "of settled invoices",
        "SELECT n.id" + sentToday + "i.settled_on < n.business_date",
        since);
    none(
        database,
        "of disputed invoices",
        "SELECT n.id"
            + sentToday
            + "EXISTS (SELECT 1 FROM dispute d WHERE d.invoice_id = i.id AND d.amount IS NULL AND d.opened_at < n.sent_at AND (d.decided_on IS NULL OR d.decided_on > n.business_date))",
        since);
    none(
        database,
        "of promised invoices",
        "SELECT n.id"
            + reminderToday
            + "EXISTS (SELECT 1 FROM promise p WHERE p.invoice_id = i.id AND p.state = 'open' AND p.created_at < n.sent_at)",
        since);
    none(
        database,
        "of invoices in a plan",
        "SELECT n.id"
            + reminderToday
            + "EXISTS (SELECT 1 FROM payment_plan_item x JOIN payment_plan p ON p.id = x.plan_id WHERE x.invoice_id = i.id AND x.live = 1 AND p.created_at < n.sent_at)",
        since);
    none(
        database,
        "of invoices on hold",
        "SELECT n.id"
            + sentToday
            + "EXISTS (SELECT 1 FROM collection_hold h WHERE h.payer_id = i.payer_id AND (h.invoice_id IS NULL OR h.invoice_id = i.id) AND h.created_at < n.sent_at AND h.until_date >= n.business_date AND (h.ended_on IS NULL OR h.ended_on > n.business_date))",
        since);
    none(
        database,
        "of invoices that are handed over",
        "SELECT n.id"
            + sentToday
            + "EXISTS (SELECT 1 FROM handover h WHERE h.invoice_id = i.id AND h.live = 1 AND h.opened_at < n.sent_at)",
        since);
    IN_SEVEN_DAYS.forEach(
        (channel, most) ->
            none(
                database,
                "more than the cap allows by " + channel,
                "SELECT payer_id FROM notice WHERE channel = ? AND day_taken > ? GROUP BY payer_id HAVING COUNT(*) > "
                    + most,
                channel,
                today.minusDays(7)));
    none(
        database,
        "messages to one payer on one day",
        "SELECT payer_id FROM notice WHERE channel <> 'letter' AND day_taken = ? GROUP BY payer_id HAVING COUNT(*) > 1",
        today);
    none(
        database,
        "that are not known to have left",
        "SELECT id FROM notice WHERE state IN ('unknown','failed','sending') AND channel <> 'letter'");
    none(
        database,
        "jobs that nobody could do",
        "SELECT incident_key FROM engine_incident WHERE resolved_at IS NULL");
    awake(server, today, database);
    database.query(
        "SELECT n.payer_id, n.sent_at, p.number, n.channel FROM notice n JOIN payer p ON p.id = n.payer_id WHERE n.channel <> 'letter' AND n.sent_at > ?",
        rs -> {
          LocalTime local =
              io.relance.kernel.Sql.requiredInstant(rs, "sent_at")
                  .atZone(zone(server, rs.getLong(1), rs.getString(3)))
                  .toLocalTime();
          assertThat(local)
              .as("%s: on %s", rs.getString(3), today)
              .isBetween(rs.getString(4).equals("email") ? OPENS : TEXTS_OPEN, CLOSES);
        },
        since);
  }

  /** Each overdue invoice has one process, which waits for something. */
  private static void awake(Server server, LocalDate today, JdbcTemplate database) {
    none(
        database,
        "overdue invoices without exactly one process on " + today,
        """
        SELECT i.id FROM invoice i LEFT JOIN collection_case c ON c.invoice_id = i.id AND c.live = 1
        LEFT JOIN engine_instance e ON e.process_instance_key = c.process_instance_key AND e.state = 'active'
        WHERE i.settled_on IS NULL AND i.outcome IS NULL AND i.due_date < ? AND i.amount > 0 GROUP BY i.id HAVING COUNT(e.process_instance_key) <> 1
        """,
        today);
    none(
        database,
        "cases that wait for nothing on " + today,
        """
        SELECT c.invoice_id FROM collection_case c WHERE c.live = 1
          AND NOT EXISTS (SELECT 1 FROM engine_timer t WHERE t.process_instance_key = c.process_instance_key)
          AND NOT EXISTS (SELECT 1 FROM engine_user_task u WHERE u.process_instance_key = c.process_instance_key AND u.state = 'created')
        """);
    assertThat(server.get("/api/v1/analytics/coverage").json().path("orphans").asLong()).isZero();
  }

  private static void none(JdbcTemplate database, String what, String query, Object... arguments) {
    assertThat(database.queryForList(query, Long.class, arguments)).as(what).isEmpty();
  }

  private ZoneId zone(Server server, long payerId, String number) {
    return zones.computeIfAbsent(
        payerId,
        id ->
            ZoneId.of(
                server
                    .get("/api/v1/customers/" + number + "/contact")
                    .json()
                    .path("zone")
                    .asString()));
  }

  private void answerTasks(Server server) {
    for (JsonNode task : server.get("/api/v1/tasks?size=200").expect(200).json().path("items")) {
      String type = task.path("type").asString();
      if (random.nextInt(3) == 0) {
        continue; // not everything is done on its day
      }
      String variables = answer(type, server.now().atZone(PARIS).toLocalDate());
      String user = task.path("assignee").isNull() ? "manager" : task.path("assignee").asString();
      int status =
          server
              .post(
                  "/api/v1/tasks/" + task.path("key").asString() + "/complete",
                  "{\"variables\":" + variables + "}",
                  user)
              .status();
      // another answer may have taken it from the list
      assertThat(status).as(type + " " + variables).isIn(204, 404, 409);
      if (status == 204) {
        answered.merge(type, 1, Integer::sum);
      }
    }
  }

  private String answer(String type, LocalDate today) {
    return switch (type) {
      case "Task_CallPayer" ->
          oneOf(
              "{\"callOutcome\":\"promised\",\"promisedFor\":\"%s\",\"nonpaymentReason\":\"approval\"}"
                  .formatted(today.plusDays(4)),
              "{\"callOutcome\":\"no-answer\"}",
              "{\"callOutcome\":\"instalments\",\"instalmentCount\":\"3\",\"instalmentsFrom\":\"%s\",\"instalmentRhythm\":\"monthly\",\"nonpaymentReason\":\"cash-shortage\"}"
                  .formatted(today.plusDays(7)),
              "{\"callOutcome\":\"disputes\",\"disputeReason\":\"price\",\"nonpaymentReason\":\"disputed\"}",
              "{\"callOutcome\":\"refuses\",\"nonpaymentReason\":\"other\"}",
              "{\"callOutcome\":\"paid-already\",\"nonpaymentReason\":\"already-paid\"}",
              "{\"callOutcome\":\"difficulty\",\"nonpaymentReason\":\"cash-shortage\",\"callNote\":\"slow season\"}",
              "{\"callOutcome\":\"call-back\",\"callBackOn\":\"%s\",\"nonpaymentReason\":\"other\"}"
                  .formatted(today.plusDays(2)));
      case "Task_VisitPayer" ->
          oneOf(
              "{\"callOutcome\":\"refuses\",\"nonpaymentReason\":\"other\",\"callNote\":\"no\"}",
              "{\"callOutcome\":\"skipped\",\"callNote\":\"ill\"}");
      case "Task_PostLetter" ->
          oneOf(
              "{\"letterOutcome\":\"posted\"}",
              "{\"letterOutcome\":\"posted\"}",
              "{\"letterOutcome\":\"no-address\"}");
      case "Task_ApprovePlan" ->
          oneOf(
              "{\"planApprovalOutcome\":\"approve\",\"planApprovalNote\":\"fair\"}",
              "{\"planApprovalOutcome\":\"refuse\",\"planApprovalNote\":\"too long\"}");
      case "Task_ApproveWriteOff" ->
          oneOf(
              "{\"writeOffOutcome\":\"written-off\",\"writeOffNote\":\"yes\"}",
              "{\"writeOffOutcome\":\"keep\",\"keepUntil\":\"%s\",\"writeOffNote\":\"no\"}"
                  .formatted(today.plusDays(30)));
      case "Task_ReviewCase" ->
          oneOf(
              "{\"reviewOutcome\":\"keep\",\"keepUntil\":\"%s\",\"reviewNote\":\"later\"}"
                  .formatted(today.plusDays(20)),
              "{\"reviewOutcome\":\"hand-over\",\"reviewNote\":\"enough\"}",
              "{\"reviewOutcome\":\"written-off\",\"reviewNote\":\"small\"}");
      case "Task_PostNotice" ->
          oneOf(
              "{\"postingOutcome\":\"posted\",\"trackingNumber\":\"1A\"}",
              "{\"postingOutcome\":\"posted\",\"trackingNumber\":\"1B\"}",
              "{\"postingOutcome\":\"no-address\"}");
      case "Task_ApproveHandover" ->
          oneOf(
              "{\"handoverOutcome\":\"approve\",\"handoverRoute\":\"agency\",\"handoverNote\":\"yes\"}",
              "{\"handoverOutcome\":\"refuse\",\"handoverNote\":\"no\"}");
      case "Task_SettleDispute", "Task_SettleEscalatedDispute" ->
          oneOf(
              "{\"disputeOutcome\":\"unfounded\",\"disputeDecisionNote\":\"delivered\"}",
              "{\"disputeOutcome\":\"justified\",\"disputeDecisionNote\":\"not delivered\"}");
      case "Task_DecideDifficulty" ->
          oneOf(
              "{\"difficultyOutcome\":\"resume\",\"difficultyNote\":\"over\"}",
              "{\"difficultyOutcome\":\"wait\",\"waitUntil\":\"%s\",\"difficultyNote\":\"talks\"}"
                  .formatted(today.plusDays(15)));
      case "Task_CallKeyAccount", "Task_VisitKeyAccount" ->
          oneOf(
              "{\"preventiveOutcome\":\"confirmed\",\"preventiveNote\":\"fine\"}",
              "{\"preventiveOutcome\":\"skipped\",\"preventiveNote\":\"no time\"}");
      case "Task_LookIntoSignal" -> "{\"signalNote\":\"looked into\"}";
      default -> throw new IllegalStateException("nobody answers " + type);
    };
  }

  private String oneOf(String... answers) {
    return List.of(answers).get(random.nextInt(answers.length));
  }
}
