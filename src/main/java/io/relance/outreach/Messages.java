package io.relance.outreach;

import io.relance.kernel.Sql;
import io.relance.ledger.CreditorLogos;
import io.relance.ledger.Logo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The messages to payers, for lists and for reading them as they were sent. */
@Component
public class Messages {

  /**
   * A message in a list.
   *
   * @param carrier who took it: {@code smtp}, {@code post}, or {@code catch} if it was kept here
   *     and nothing left; null while nobody has
   * @param segments the parts that a text message was sent in
   */
  public record Item(
      long id,
      String customerId,
      String customerName,
      String creditor,
      String channel,
      @Nullable String carrier,
      String tone,
      String state,
      List<String> invoices,
      String recipient,
      String subject,
      Instant plannedAt,
      @Nullable Instant sentAt,
      @Nullable Instant deliveredAt,
      @Nullable Integer segments,
      @Nullable String error) {}

  /** A page of them, newest first; the total is exact up to ten thousand. */
  public record Page(List<Item> items, long total) {}

  /** A message with its bodies; the HTML has its images in it. */
  public record Full(Item item, String text, String html, String messageId) {}

  private static final String COLUMNS =
      "SELECT n.id, p.number, p.name, k.code, n.channel, n.carrier, n.tone, n.state, n.recipient, n.subject, n.planned_at, n.sent_at, n.error,"
          + " n.delivered_at, n.segments";
  private static final String FROM =
      " FROM notice n JOIN payer p ON p.id = n.payer_id JOIN creditor k ON k.id = n.creditor_id";

  private final JdbcTemplate jdbc;

  private final CreditorLogos logos;

  Messages(JdbcTemplate jdbc, CreditorLogos logos) {
    this.jdbc = jdbc;
    this.logos = logos;
  }

  private @Nullable String logoOf(long creditorId) {
    return logos.of(creditorId).map(Logo::dataAddress).orElse(null);
  }

  public Page list(
      @Nullable String customer,
      @Nullable String channel,
      @Nullable String state,
      int page,
      int size) {
    Sql.requirePage(page, size);
    StringBuilder where = new StringBuilder(" WHERE 1 = 1");
    List<Object> arguments = new ArrayList<>();
    filter(where, arguments, "p.number", customer);
    filter(where, arguments, "n.channel", channel);
    filter(where, arguments, "n.state", state);
    Long total =
        jdbc.queryForObject(
            "SELECT COUNT(*) FROM (SELECT 1" + FROM + where + " LIMIT 10000) counted",
            Long.class,
            arguments.toArray());
    arguments.add(size);
    arguments.add(page * size);
    List<Item> items =
        jdbc.query(
            COLUMNS + FROM + where + " ORDER BY n.planned_at DESC, n.id DESC LIMIT ? OFFSET ?",
            (rs, n) -> item(rs),
            arguments.toArray());
    return new Page(withInvoices(items), total == null ? 0 : total);
  }

  public Optional<Full> find(long id) {
    return jdbc
        .query(
            COLUMNS
                + ", n.body_text, n.body_html, n.message_id, n.payment_code, n.creditor_id"
                + FROM
                + " WHERE n.id = ?",
            (rs, n) ->
                new Full(
                    item(rs),
                    rs.getString(16),
                    MessageImages.inlined(
                        rs.getString(17), rs.getString(19), logoOf(rs.getLong(20))),
                    rs.getString(18)),
            id)
        .stream()
        .map(
            f ->
                new Full(
                    withInvoices(List.of(f.item())).getFirst(), f.text(), f.html(), f.messageId()))
        .findFirst();
  }

  private static void filter(
      StringBuilder where, List<Object> arguments, String column, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      where.append(" AND ").append(column).append(" = ?");
      arguments.add(value);
    }
  }

  private static Item item(java.sql.ResultSet rs) throws java.sql.SQLException {
    Long segments = Sql.number(rs, "segments");
    return new Item(
        rs.getLong(1),
        rs.getString(2),
        rs.getString(3),
        rs.getString(4),
        rs.getString(5),
        rs.getString(6),
        rs.getString(7),
        rs.getString(8),
        List.of(),
        rs.getString(9),
        rs.getString(10),
        Sql.requiredInstant(rs, "planned_at"),
        Sql.instant(rs, "sent_at"),
        Sql.instant(rs, "delivered_at"),
        segments == null ? null : segments.intValue(),
        rs.getString(13));
  }

  private List<Item> withInvoices(List<Item> items) {
    if (items.isEmpty()) {
      return items;
    }
    Map<Long, List<String>> numbers = new TreeMap<>();
    jdbc.query(
        "SELECT m.notice_id, i.number FROM notice_item m JOIN invoice i ON i.id = m.invoice_id WHERE m.notice_id IN ("
            + Sql.marks(items.size())
            + ") ORDER BY i.due_date, i.id",
        rs -> {
          numbers.computeIfAbsent(rs.getLong(1), k -> new ArrayList<>()).add(rs.getString(2));
        },
        items.stream().map(Item::id).toArray());
    return items.stream()
        .map(
            i ->
                new Item(
                    i.id(),
                    i.customerId(),
                    i.customerName(),
                    i.creditor(),
                    i.channel(),
                    i.carrier(),
                    i.tone(),
                    i.state(),
                    numbers.getOrDefault(i.id(), List.of()),
                    i.recipient(),
                    i.subject(),
                    i.plannedAt(),
                    i.sentAt(),
                    i.deliveredAt(),
                    i.segments(),
                    i.error()))
        .toList();
  }
}
