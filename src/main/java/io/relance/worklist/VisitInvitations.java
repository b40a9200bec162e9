package io.relance.worklist;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import io.relance.kernel.BusinessCalendar;
import io.relance.kernel.Sql;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Invoices;
import io.relance.ledger.Payer;
import io.relance.ledger.Payers;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The calendar entry of a visit task (RFC 5545): a proposal of an hour on the business day before
 * the visit is due to be done, or on the next one, with the brief.
 */
@Component
public class VisitInvitations {

  private static final Set<String> TASKS = Set.of("Task_VisitKeyAccount", "Task_VisitPayer");
  private static final int DAYS_BEFORE_DUE = 8;
  private static final LocalTime BEGINS = LocalTime.of(10, 0);

  /**
   * @param invoiceId null for a visit about all that is overdue
   */
  private record Visit(long payerId, @Nullable Long invoiceId) {}

  private final JdbcTemplate jdbc;
  private final Invoices invoices;
  private final Payers payers;
  private final Creditors creditors;
  private final InstantSource clock;

  VisitInvitations(
      JdbcTemplate jdbc,
      Invoices invoices,
      Payers payers,
      Creditors creditors,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.invoices = invoices;
    this.payers = payers;
    this.creditors = creditors;
    this.clock = clock;
  }

  /** Whether tasks of this element are visits. */
  public static boolean isVisit(String elementId) {
    return TASKS.contains(elementId);
  }

  /** The entry as a file; empty if that is no task of a visit. */
  public Optional<String> of(long taskKey) {
    return jdbc
        .query(
            "SELECT s.payer_id, s.invoice_id, t.element_id FROM engine_user_task t JOIN process_subject s"
                + " ON s.process_instance_key = t.process_instance_key WHERE t.user_task_key = ?",
            (rs, n) ->
                isVisit(rs.getString(3))
                    ? Optional.of(new Visit(rs.getLong(1), Sql.number(rs, "invoice_id")))
                    : Optional.<Visit>empty(),
            taskKey)
        .stream()
        .findFirst()
        .flatMap(visit -> visit)
        .map(visit -> write(taskKey, visit));
  }

  private String write(long taskKey, Visit visit) {
    Payer payer = payers.findById(visit.payerId()).orElseThrow();
    BusinessCalendar calendar = creditors.findById(payer.creditorId()).orElseThrow().calendar();
    LocalDate tomorrow = calendar.dateOf(clock.instant()).plusDays(1);
    Invoice invoice =
        visit.invoiceId() == null ? null : invoices.findById(visit.invoiceId()).orElseThrow();
    LocalDate wanted = invoice == null ? tomorrow : invoice.dueDate().minusDays(DAYS_BEFORE_DUE);
    LocalDate day = calendar.businessDayOnOrAfter(wanted.isBefore(tomorrow) ? tomorrow : wanted);
    VEvent event = new VEvent();
    event.setUid("visit-" + taskKey + "@relance");
    event.setDateTimeStamp(Date.from(clock.instant()));
    event.setSummary("Visit " + payer.name());
    event.setDateStart(Date.from(day.atTime(BEGINS).atZone(calendar.zone()).toInstant()));
    event.setDuration(
        new biweekly.util.Duration.Builder()
            .minutes((int) Duration.ofHours(1).toMinutes())
            .build());
    if (payer.postalAddress() != null) {
      event.setLocation(payer.postalAddress());
    }
    event.setDescription(
        "%sTelephone: %s%nOpen in all:%n%s"
            .formatted(
                invoice == null
                    ? ""
                    : "Invoice %s: %s, due %s.%n"
                        .formatted(invoice.number(), invoice.open(), invoice.dueDate()),
                payer.phone() == null ? "not known" : payer.phone(),
                invoices.openOf(payer.id()).stream()
                    .map(i -> "%s: %s, due %s".formatted(i.number(), i.open(), i.dueDate()))
                    .collect(Collectors.joining("\n"))));
    ICalendar file = new ICalendar();
    file.setProductId("-//Relance//Collections//EN");
    file.addEvent(event);
    return Biweekly.write(file).go();
  }
}
