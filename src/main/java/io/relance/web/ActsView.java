package io.relance.web;

import io.relance.access.Users;
import io.relance.casework.acts.PayerContacts;
import io.relance.casework.acts.PayerFiles;
import io.relance.casework.acts.PayerQuestions;
import io.relance.ledger.Creditors;
import io.relance.ledger.Invoice;
import io.relance.ledger.Payer;
import io.relance.worklist.Teams;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the page parts of {@code acts.html} show. */
@Component
class ActsView {

  private final UndoResource undo;
  private final QuestionResource asked;
  private final PayerContacts contacts;
  private final PayerQuestions questions;
  private final PayerFiles files;
  private final Creditors creditors;
  private final Users users;
  private final Teams teams;

  ActsView(
      UndoResource undo,
      QuestionResource asked,
      PayerContacts contacts,
      PayerQuestions questions,
      PayerFiles files,
      Creditors creditors,
      Users users,
      Teams teams) {
    this.undo = undo;
    this.asked = asked;
    this.contacts = contacts;
    this.questions = questions;
    this.files = files;
    this.creditors = creditors;
    this.users = users;
    this.teams = teams;
  }

  /** Beside a task, and on a payer's file. */
  void people(Payer payer, Model model) {
    model.addAttribute("contactPeople", contacts.of(payer.id()));
  }

  /**
   * On a payer's file.
   *
   * @param unsettled of that payer
   */
  void show(Payer payer, List<Invoice> unsettled, Model model) {
    done(payer.id(), null, model);
    model.addAttribute("questions", questions.of(payer.id()));
    model.addAttribute("files", files.of(payer.id()));
    model.addAttribute("formToken", UUID.randomUUID().toString());
    model.addAttribute("colleagues", users.whoDoTasks());
    model.addAttribute("teamNames", teams.all().stream().map(Teams.Team::name).toList());
    Set<String> currencies = new LinkedHashSet<>();
    List<Invoice> open =
        unsettled.stream()
            .filter(i -> !i.isCreditNote())
            .sorted(Comparator.comparing(Invoice::dueDate).thenComparing(Invoice::id))
            .toList();
    open.forEach(i -> currencies.add(i.currency()));
    if (currencies.isEmpty()) {
      currencies.add(creditors.findById(payer.creditorId()).orElseThrow().currency());
    }
    // who pays others of thousands names none, and the oldest are paid
    model.addAttribute("payable", open.stream().limit(OpenItems.SHOWN).toList());
    model.addAttribute("payableIn", currencies);
  }

  /**
   * What was done of late, with what can be undone of it.
   *
   * @param invoice the number of the only one that the page is about; null on a payer's file
   */
  void done(long payerId, @Nullable String invoice, Model model) {
    String login = Objects.toString(model.getAttribute("user"), "");
    model.addAttribute(
        "acts",
        undo.offered(payerId, login).stream()
            .filter(a -> invoice == null || a.invoice() == null || invoice.equals(a.invoice()))
            .toList());
  }

  /** On the work list. */
  void asked(String login, Model model) {
    QuestionResource.Mine mine = asked.mine(login);
    model.addAttribute("askedOfMe", mine.asked());
    model.addAttribute("answersForMe", mine.answers());
  }
}
