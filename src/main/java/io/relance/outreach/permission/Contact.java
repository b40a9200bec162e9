package io.relance.outreach.permission;

import java.util.List;

/**
 * What contact-permission.dmn knows of a contact that is wanted. Days and times are those of the
 * payer's clock.
 *
 * @param channel by which it is wanted
 * @param country of the payer, or of the creditor where theirs is not known
 * @param at the moment, as an instant
 * @param date the day of that moment
 * @param time of day of that moment, {@code HH:mm:ss}
 * @param worked whether that is a business day for payer and creditor
 * @param workdays the business days that follow
 * @param reachableBy channels that have an address
 * @param optedOut channels that the payer does not want
 * @param legal whether the law, or the contract, requires it
 * @param contacts what the payer heard of us within seven days
 */
public record Contact(
    String channel,
    String country,
    String zone,
    String at,
    String date,
    String time,
    boolean worked,
    List<String> workdays,
    List<String> reachableBy,
    List<String> optedOut,
    boolean legal,
    List<Made> contacts) {

  /** A contact that was made, or may have been. */
  public record Made(String channel, String date) {}
}
