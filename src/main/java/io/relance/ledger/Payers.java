package io.relance.ledger;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Pageable;
import org.springframework.data.repository.Repository;

/** The payers. They are written by imports; reading is for everyone. */
public interface Payers extends Repository<Payer, Long> {

  Optional<Payer> findById(long id);

  Optional<Payer> findByCreditorIdAndNumber(long creditorId, String number);

  List<Payer> findByNumber(String number, Pageable page);

  List<Payer> findByEmail(String email, Pageable page);

  List<Payer> findAllById(Iterable<Long> ids);
}
