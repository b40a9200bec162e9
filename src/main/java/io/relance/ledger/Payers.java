package io.relance.ledger;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/** The payers. They are written by imports; reading is for everyone. */
public interface Payers extends Repository<Payer, Long> {

  Optional<Payer> findById(long id);

  Optional<Payer> findByCreditorIdAndNumber(long creditorId, String number);

  List<Payer> findByNumber(String number, Pageable page);

  @Query(
      "SELECT * FROM payer WHERE name LIKE CONCAT(:prefix, '%') OR number = :prefix ORDER BY name LIMIT 20")
  List<Payer> search(String prefix);
}
