package io.relance.ledger;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/**
 * The payers. They are written by imports; reading is for everyone. One that was merged into
 * another is found as that other one, by whatever names it.
 */
public interface Payers extends Repository<Payer, Long> {

  String SURVIVOR =
      "SELECT s.* FROM payer p JOIN payer s ON s.id = COALESCE(p.merged_into, p.id) WHERE ";

  @Query(SURVIVOR + "p.id = :id")
  Optional<Payer> findById(long id);

  @Query(SURVIVOR + "p.creditor_id = :creditorId AND p.number = :number")
  Optional<Payer> findByCreditorIdAndNumber(long creditorId, String number);

  /** The payers of that number, of each creditor; as many as the page holds. */
  default List<Payer> findByNumber(String number, Pageable page) {
    return ofNumber(number, page.getPageSize());
  }

  @Query(SURVIVOR + "p.number = :number ORDER BY s.creditor_id LIMIT :most")
  List<Payer> ofNumber(String number, int most);

  /** The payers at that address, now or under a former number; as many as the page holds. */
  default List<Payer> findByEmail(String email, Pageable page) {
    return atEmail(email, page.getPageSize());
  }

  @Query(
      "SELECT * FROM payer WHERE id IN (SELECT COALESCE(p.merged_into, p.id) FROM payer p WHERE p.email = :email)"
          + " ORDER BY id LIMIT :most")
  List<Payer> atEmail(String email, int most);

  List<Payer> findAllById(Iterable<Long> ids);
}
