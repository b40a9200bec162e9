package io.relance.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * An SMTP server that takes every mail and keeps whom it was for and its Message-ID: for runs of
 * more mails than a test can hold. A mail counts as taken before its sender is told so.
 */
public final class SmtpSink implements AutoCloseable {

  /** A mail that was taken. */
  public record Taken(String recipient, String messageId) {}

  private final ServerSocket server;
  private final Queue<Taken> taken = new ConcurrentLinkedQueue<>();

  public SmtpSink() {
    try {
      server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("smtp-sink").start(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  public List<Taken> taken() {
    return List.copyOf(taken);
  }

  public int count() {
    return taken.size();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> talk(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void talk(Socket socket) {
    try (socket;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
      OutputStream out = socket.getOutputStream();
      String recipient = "";
      say(out, "220 sink");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String verb = line.length() < 4 ? line : line.substring(0, 4).toUpperCase();
        switch (verb) {
          case "EHLO" -> say(out, "250-sink\r\n250 8BITMIME");
          case "RCPT" -> {
            recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
            say(out, "250 ok");
          }
          case "DATA" -> {
            say(out, "354 go on");
            String messageId = read(in);
            if (messageId == null) {
              return; // the sender died in the middle of it
            }
            taken.add(new Taken(recipient, messageId));
            say(out, "250 taken");
          }
          case "QUIT" -> {
            say(out, "221 bye");
            return;
          }
          default -> say(out, "250 ok");
        }
      }
    } catch (IOException senderIsGone) {
      // what was taken before stays taken
    }
  }

  /** Reads a mail to its end; null if it has none. */
  private static String read(BufferedReader in) throws IOException {
    String messageId = "";
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals(".")) {
        return messageId;
      }
      if (messageId.isEmpty() && line.regionMatches(true, 0, "Message-ID:", 0, 11)) {
        messageId = line.substring(11).strip();
      }
    }
    return null;
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
