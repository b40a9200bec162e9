/**
 * The mailbox that payers answer to: read by IMAP, each mail told apart (an answer, an automatic
 * one, a bounce, a wish for no more mails) and filed once.
 *
 * <p>Nobody vouches for a mail's sender. So an answer changes nothing by itself, except that
 * reminders wait until a person has read it; a bounce counts only if it names a message of ours and
 * its recipient; and to unsubscribe takes the random token of a mail that went to its sender.
 */
@NullMarked
package io.relance.outreach.mailbox;

import org.jspecify.annotations.NullMarked;
