package io.relance.story;

import static io.relance.support.PayerFixture.aPayer;
import static org.assertj.core.api.Assertions.assertThat;

import io.relance.support.PayerFixture;
import io.relance.support.Server;
import io.relance.support.SharedServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.Test;

/** The PDF of an invoice and the logo of a creditor are kept, and what is not one is refused. */
class DocumentStoryTest {

  private static final String PDF = "application/pdf";
  private static final String LOGO = "/api/v1/creditors/default/logo";

  private final Server server = SharedServer.get();

  private static byte[] aPdf() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument()) {
      document.addPage(new PDPage());
      document.save(out);
    }
    return out.toByteArray();
  }

  @Test
  void anInvoicesDocumentIsKept() throws IOException {
    PayerFixture payer = aPayer(server).owes(1, "80.00", "EUR", -60);
    String path = "/api/v1/invoices/" + payer.invoice(1) + "/document";
    byte[] pdf = aPdf();
    server.get(path, "agent").expect(404);
    server.exchange("PUT", path, "designer", PDF, pdf).expect(403);
    server.exchange("PUT", path + "?name=Facture%201.pdf", "agent", PDF, pdf).expect(204);
    assertThat(server.download(path, "agent")).isEqualTo(pdf);
    assertThat(
            server.count(
                "SELECT COUNT(*) FROM audit_event WHERE action = 'keep-document' AND subject = ?",
                "invoice " + payer.invoice(1)))
        .isEqualTo(1);

    assertThat(
            server
                .exchange("PUT", path, "agent", PDF, "no".getBytes(StandardCharsets.UTF_8))
                .expect(400)
                .body())
        .contains("does not begin with %PDF-");
    byte[] large = Arrays.copyOf(pdf, 10_000_001);
    assertThat(server.exchange("PUT", path, "agent", PDF, large).expect(413).body())
        .contains("10,000,001", "10,000,000");
    assertThat(server.download(path, "agent")).as("as before").isEqualTo(pdf);

    server.delete(path, "designer").expect(403);
    server.delete(path, "agent").expect(204);
    server.delete(path, "agent").expect(404);
  }

  @Test
  void aCreditorsLogoIsSmall() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(600, 200, BufferedImage.TYPE_INT_RGB), "png", out);
    byte[] logo = out.toByteArray();
    server.exchange("PUT", LOGO, "manager", "image/png", logo).expect(403);
    server.exchange("PUT", LOGO, "admin", "image/png", logo).expect(204);
    assertThat(server.download(LOGO, "agent")).isEqualTo(logo);
    String told =
        server.exchange("PUT", LOGO, "admin", "image/png", new byte[20_000_000]).expect(413).body();
    assertThat(told).contains("20,000,000 bytes", "300,000", "too-large");
    server
        .exchange("PUT", LOGO, "admin", "image/png", "<svg/>".getBytes(StandardCharsets.UTF_8))
        .expect(400);
    server.exchange("PUT", LOGO, "admin", "image/svg+xml", new byte[10]).expect(415);
    assertThat(server.download(LOGO, "agent")).isEqualTo(logo);
    server.delete(LOGO, "manager").expect(403);
    server.delete(LOGO, "admin").expect(204);
    server.get(LOGO, "agent").expect(404);
  }
}
