package io.relance.ledger;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/** The invoices and credit notes, for reading; {@link Balances} changes what is open. */
public interface Invoices extends Repository<Invoice, Long> {

  Optional<Invoice> findById(long id);

  Optional<Invoice> findByCreditorIdAndNumber(long creditorId, String number);

  @Query("SELECT * FROM invoice WHERE number = :number ORDER BY creditor_id LIMIT 1")
  Optional<Invoice> findByNumber(String number);

  long countByNumber(String number);

  /**
   * What a payer owes and what they are owed, oldest due first; without what was written off or
   * handed over, for which nothing is asked, and against which nothing is set, here any more.
   */
  @Query(
      "SELECT * FROM invoice WHERE payer_id = :payerId AND settled_on IS NULL AND outcome IS NULL ORDER BY due_date, id")
  List<Invoice> openOf(long payerId);

  /** The same with what was written off or handed over: for files, and for money that comes. */
  @Query(
      "SELECT * FROM invoice WHERE payer_id = :payerId AND settled_on IS NULL ORDER BY due_date, id")
  List<Invoice> unsettledOf(long payerId);
}
