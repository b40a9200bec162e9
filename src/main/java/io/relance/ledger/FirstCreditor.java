package io.relance.ledger;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Configuration;

/**
 * Makes the creditor {@code default} at the first start, from {@code relance.creditor.*}; later it
 * is changed in the ledger.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FirstCreditor.Settings.class)
class FirstCreditor {

  /**
   * @param zone where its day begins
   * @param country whose public holidays it keeps
   * @param postalAddress one line with commas
   * @param paymentLink see {@link Creditor}
   * @param smallAmount below this an amount is small
   * @param largeAmount from this on it is large
   * @param discountPercent that who pays within {@code discountDays} of issue may deduct; none if
   *     either is missing
   * @param monthEnd how "45 days end of month" is read: {@code days-after-month}, {@code
   *     month-after-days}, or {@code either}
   */
  @ConfigurationProperties("relance.creditor")
  record Settings(
      @DefaultValue("Atelier Moreau") String name,
      @DefaultValue("FR") String country,
      @DefaultValue("Europe/Paris") String zone,
      @DefaultValue("EUR") String currency,
      @DefaultValue("Atelier Moreau, accounts") String senderName,
      @DefaultValue("accounts@atelier-moreau.example") String senderEmail,
      @DefaultValue("+33 1 84 88 00 00") @Nullable String phone,
      @DefaultValue("14 rue des Ateliers, 69007 Lyon") @Nullable String postalAddress,
      @DefaultValue("FR7630006000011234567890189") @Nullable String iban,
      @Nullable String paymentLink,
      @DefaultValue("50") BigDecimal smallAmount,
      @DefaultValue("5000") BigDecimal largeAmount,
      @Nullable BigDecimal discountPercent,
      @Nullable Integer discountDays,
      @DefaultValue(LegalTerms.EITHER) String monthEnd) {}

  FirstCreditor(Creditors creditors, Settings settings) {
    if (creditors.findByCode("default").isEmpty()) {
      creditors.save(
          new Creditor(
              null,
              "default",
              settings.name(),
              settings.country(),
              settings.zone(),
              settings.currency(),
              settings.senderName(),
              settings.senderEmail(),
              settings.phone(),
              settings.postalAddress(),
              settings.iban(),
              paymentLinkOf(settings),
              settings.smallAmount(),
              settings.largeAmount(),
              settings.discountPercent(),
              settings.discountDays(),
              monthEndOf(settings),
              null));
    }
  }

  private static @Nullable String paymentLinkOf(Settings settings) {
    String link = settings.paymentLink();
    if (link != null && !link.startsWith("https://")) {
      throw new IllegalArgumentException(
          "relance.creditor.payment-link is '"
              + link
              + "': payers are sent to an address that begins with https://");
    }
    return link;
  }

  private static String monthEndOf(Settings settings) {
    LegalTerms.monthEnd(settings.monthEnd(), java.time.LocalDate.EPOCH); // refuses an unknown one
    return settings.monthEnd();
  }
}
