package io.relance.ledger;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

/** The creditors. */
public interface Creditors extends ListCrudRepository<Creditor, Long> {

  Optional<Creditor> findByCode(String code);

  /** The creditor to whom a payer owes. */
  @Query("SELECT c.* FROM creditor c JOIN payer p ON p.creditor_id = c.id WHERE p.id = :payerId")
  Optional<Creditor> findByPayer(long payerId);

  @Override
  List<Creditor> findAll();
}
