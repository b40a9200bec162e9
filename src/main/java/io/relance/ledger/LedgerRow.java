package io.relance.ledger;

import io.relance.kernel.Money;
import io.relance.ledger.csv.BadValue;
import io.relance.ledger.csv.CsvTable;
import io.relance.ledger.csv.Values;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One checked line of a ledger file.
 *
 * @param amount negative for a credit note
 * @param einvoiceSince the day from which the customer's invoices are sent electronically
 * @param creditLimit up to how much the customer may owe, in the currency of the invoice
 * @param told what the file says is open; null if it says nothing of it
 * @param disputed null if the file says nothing of it
 * @param settledDate the day on which the file says it was settled
 */
record LedgerRow(
    long line,
    String payerNumber,
    String payerName,
    @Nullable String email,
    @Nullable String phone,
    @Nullable String postalAddress,
    @Nullable String country,
    @Nullable String timeZone,
    @Nullable String language,
    @Nullable String segment,
    @Nullable String accountOwner,
    @Nullable LocalDate customerSince,
    @Nullable LocalDate einvoiceSince,
    @Nullable Money creditLimit,
    String number,
    LocalDate issueDate,
    LocalDate dueDate,
    Money amount,
    @Nullable Money told,
    @Nullable Boolean disputed,
    @Nullable LocalDate settledDate) {

  /** Reads a row; {@link BadValue} tells the first field that is wrong. */
  static LedgerRow read(CsvTable.Row row, Values values, boolean tellsOpen) {
    String currency = values.currency("currency", row.get("currency"));
    Money amount = values.amount("amount", row.get("amount"), currency);
    LocalDate issued = values.date("issue_date", row.get("issue_date"));
    LocalDate due = values.date("due_date", row.get("due_date"));
    if (due.isBefore(issued)) {
      throw new BadValue("due_date", due + " is before the issue date " + issued);
    }
    LocalDate settled = values.optionalDate("settled_date", row.get("settled_date"));
    String open = row.get("open_amount");
    Money told = null;
    if (settled != null) {
      told = Money.zero(amount.currency());
    } else if (open != null && !open.isBlank()) {
      told = values.amount("open_amount", open, currency);
      requireWithin(told, amount);
    } else if (tellsOpen) {
      told = amount;
    }
    return new LedgerRow(
        row.line(),
        values.text("customer_id", row.get("customer_id"), 60),
        values.text("customer_name", row.get("customer_name"), 200),
        values.email("email", row.get("email")),
        values.optionalText("phone", row.get("phone"), 40),
        values.optionalText("postal_address", row.get("postal_address"), 300),
        values.country("country", row.get("country")),
        values.timeZone("time_zone", row.get("time_zone")),
        values.language("language", row.get("language")),
        values.optionalText("segment", row.get("segment"), 40),
        values.optionalText("account_owner", row.get("account_owner"), 100),
        values.optionalDate("customer_since", row.get("customer_since")),
        values.optionalDate("einvoice_since", row.get("einvoice_since")),
        creditLimit(row, values, currency),
        values.text("invoice_number", row.get("invoice_number"), 60),
        issued,
        due,
        amount,
        told,
        disputed(row, values),
        settled);
  }

  private static @Nullable Money creditLimit(CsvTable.Row row, Values values, String currency) {
    String text = row.get("credit_limit");
    if (text == null || text.isBlank()) {
      return null;
    }
    Money limit = values.amount("credit_limit", text, currency);
    if (limit.amount().signum() < 0) {
      throw new BadValue("credit_limit", limit.plain() + " is less than nothing");
    }
    return limit;
  }

  private static @Nullable Boolean disputed(CsvTable.Row row, Values values) {
    String text = row.get("disputed");
    return text == null ? null : (Boolean) values.yesOrNo("disputed", text);
  }

  private static void requireWithin(Money told, Money amount) {
    boolean otherSign = told.amount().signum() * amount.amount().signum() < 0;
    if (otherSign || told.amount().abs().compareTo(amount.amount().abs()) > 0) {
      throw new BadValue(
          "open_amount", told.plain() + " is not between zero and the amount " + amount.plain());
    }
  }

  /** The row as it was known at the end of that day: what was settled later is open. */
  LedgerRow asOf(LocalDate day) {
    if (settledDate == null || !settledDate.isAfter(day)) {
      return this;
    }
    return new LedgerRow(
        line,
        payerNumber,
        payerName,
        email,
        phone,
        postalAddress,
        country,
        timeZone,
        language,
        segment,
        accountOwner,
        customerSince,
        einvoiceSince,
        creditLimit,
        number,
        issueDate,
        dueDate,
        amount,
        amount,
        disputed,
        null);
  }
}
