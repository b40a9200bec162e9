package io.relance.ledger;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.ListCrudRepository;

/** The creditors. */
public interface Creditors extends ListCrudRepository<Creditor, Long> {

  Optional<Creditor> findByCode(String code);

  @Override
  List<Creditor> findAll();
}
