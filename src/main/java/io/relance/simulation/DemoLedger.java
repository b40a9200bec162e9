package io.relance.simulation;

import io.relance.kernel.Actor;
import io.relance.kernel.AdjustableClock;
import io.relance.ledger.ImportReport;
import io.relance.ledger.LedgerImport;
import io.relance.ledger.csv.ColumnMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * A made-up ledger on the first start: the same payers and habits each time, dated from the day of
 * the start. It comes in through the import as any other, and payers go on paying in the weeks
 * ahead when the clock is moved.
 */
@Component
@ConditionalOnProperty(name = "relance.demo.ledger", havingValue = "true")
class DemoLedger {

  private static final Logger log = LoggerFactory.getLogger("io.relance.start");
  private static final int PAYERS = 48;
  private static final int DAYS_BACK = 240;
  private static final int DAYS_AHEAD = 60;
  private static final long SEED = 20_260_401L;
  private static final List<String> FIRST =
      List.of(
          "Boulangerie",
          "Garage",
          "Transports",
          "Menuiserie",
          "Café",
          "Librairie",
          "Cabinet",
          "Ferme",
          "Clinique",
          "Imprimerie",
          "Studio",
          "Maison");
  private static final List<String> LAST =
      List.of(
          "Lefèvre",
          "du Port",
          "Rousseau",
          "des Halles",
          "Bertin",
          "Saint-Michel",
          "Keller",
          "de la Gare",
          "Marchand",
          "Dubois & Fils",
          "O'Brien",
          "Vasseur");

  private final LedgerImport ledger;
  private final JdbcTemplate jdbc;
  private final AdjustableClock clock;

  DemoLedger(LedgerImport ledger, JdbcTemplate jdbc, AdjustableClock clock) {
    this.ledger = ledger;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @EventListener(ApplicationReadyEvent.class)
  void fillOnFirstStart() {
    Integer present = jdbc.queryForObject("SELECT COUNT(*) FROM payer", Integer.class);
    if (present != null && present > 0) {
      return;
    }
    LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
    try {
      Path file = Files.createTempFile("relance-demo", ".csv");
      try {
        Files.writeString(file, csv(today));
        ImportReport.View report =
            ledger.run(
                new LedgerImport.Request(
                    file,
                    "demo-ledger.csv",
                    "default",
                    ColumnMapping.none(),
                    today.minusDays(1),
                    true,
                    Actor.system("demo")));
        log.info(
            "Demo: a ledger of {} payers and {} invoices was made up",
            report.customers().created(),
            report.invoices().created());
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String csv(LocalDate today) {
    Random random = new Random(SEED);
    StringBuilder csv =
        new StringBuilder(
            "customer_id,customer_name,email,phone,postal_address,country,language,segment,account_owner,customer_since,invoice_number,issue_date,due_date,amount,currency,disputed,settled_date\n");
    int number = 1000;
    for (int p = 0; p < PAYERS; p++) {
      String name =
          FIRST.get(p % FIRST.size()) + " " + LAST.get((p * 5 + p / FIRST.size()) % LAST.size());
      String id = "C%04d".formatted(100 + p);
      boolean english = p % 6 == 5;
      // how late this payer usually is: most a little, some a lot, some never
      int habit =
          switch (p % 8) {
            case 0, 1, 2 -> -4;
            case 3, 4 -> 3;
            case 5 -> 12;
            case 6 -> 28;
            default -> 55;
          };
      String email =
          p % 16 == 15 ? "" : "compta." + id.toLowerCase(Locale.ROOT) + "@payers.example";
      int invoices = 4 + random.nextInt(9);
      for (int i = 0; i < invoices; i++) {
        LocalDate issued =
            today.minusDays(DAYS_BACK).plusDays(random.nextInt(DAYS_BACK + DAYS_AHEAD - 30));
        LocalDate due = issued.plusDays(30);
        int late = habit + (int) Math.round(random.nextGaussian() * 8);
        LocalDate settled = due.plusDays(Math.max(-25, late));
        boolean never = habit > 40 && random.nextInt(4) == 0;
        BigDecimal amount =
            BigDecimal.valueOf(2_000 + random.nextInt(p % 7 == 0 ? 900_000 : 240_000), 2);
        csv.append(id)
            .append(",\"")
            .append(name)
            .append("\",")
            .append(email)
            .append(",+33 1 55 00 ");
        csv.append("%02d %02d".formatted(p, 10 + p))
            .append(',')
            .append(address(p, english))
            .append(',')
            .append(english ? "GB,en" : "FR,fr")
            .append(',');
        csv.append(p % 7 == 0 ? "key-account,agent" : "standard,")
            .append(',')
            .append(today.minusDays(400 + 30L * p))
            .append(",F-")
            .append(++number);
        csv.append(',')
            .append(issued)
            .append(',')
            .append(due)
            .append(',')
            .append(amount)
            .append(",EUR,");
        csv.append(random.nextInt(40) == 0 ? "yes" : "no")
            .append(',')
            .append(never ? "" : settled)
            .append('\n');
      }
    }
    return csv.toString();
  }

  private static String address(int p, boolean english) {
    return english
        ? "\"%d High Street, London\"".formatted(p)
        : "\"%d rue de la Gare, 69000 Lyon\"".formatted(p);
  }
}
