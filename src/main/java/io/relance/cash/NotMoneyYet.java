package io.relance.cash;

/** A cheque or an announced transfer is a promise of money: it settles nothing before it came. */
public class NotMoneyYet extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  NotMoneyYet(Means means) {
    super(
        (means == Means.CHEQUE
                ? "A cheque is no money before it is cashed"
                : "A transfer is no money before the bank tells of it")
            + ": note it as a promise to pay by the day on which it should be there");
  }
}
