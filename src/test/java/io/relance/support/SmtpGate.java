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
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * Stands between Relance and a real SMTP server and passes every line on, unless a story asks it to
 * be slow, to break the line, or to refuse a recipient.
 */
public final class SmtpGate {

  /** What the gate does to the recipient that a story names. */
  public enum Trouble {
    NONE,
    /** The message is taken; the answer waits until {@link #release()}. */
    HOLD_THE_ANSWER,
    /** The message is taken; the line breaks before the answer. */
    LOSE_THE_ANSWER,
    /** The line breaks at the recipient, once. */
    BREAK_EARLY,
    /** 550 for the recipient. */
    REFUSE
  }

  private final ServerSocket door;
  private final int upstream;
  private volatile Trouble trouble = Trouble.NONE;
  private volatile String recipient = "";
  private volatile CountDownLatch taken = new CountDownLatch(1);
  private volatile CountDownLatch released = new CountDownLatch(1);

  SmtpGate(int upstream) {
    this.upstream = upstream;
    try {
      door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::open);
  }

  int port() {
    return door.getLocalPort();
  }

  /** From now on this happens to messages to that address, until told otherwise. */
  public void make(Trouble trouble, String recipient) {
    this.recipient = recipient;
    this.taken = new CountDownLatch(1);
    this.released = new CountDownLatch(1);
    this.trouble = trouble;
  }

  /** Waits until the server has taken the message of which the answer is held. */
  public void awaitTaken() throws InterruptedException {
    taken.await();
  }

  public void release() {
    trouble = Trouble.NONE;
    released.countDown();
  }

  private void open() {
    while (true) {
      try {
        Socket client = door.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), upstream)) {
      talk(new Line(client), new Line(server));
    } catch (IOException | InterruptedException broken) {
      // the client sees it, which is what the story wants
    }
  }

  private void talk(Line client, Line server) throws IOException, InterruptedException {
    client.send(server.reply());
    boolean ours = false;
    boolean data = false;
    for (String line = client.read(); line != null; line = client.read()) {
      boolean named =
          line.toUpperCase(Locale.ROOT).startsWith("RCPT") && line.contains("<" + recipient + ">");
      ours |= named;
      if (named && trouble == Trouble.BREAK_EARLY) {
        trouble = Trouble.NONE;
        return;
      }
      if (named && trouble == Trouble.REFUSE) {
        client.send("550 5.1.1 no such user\r\n");
        continue;
      }
      server.send(line + "\r\n");
      if (data && !line.equals(".")) {
        continue;
      }
      String reply = server.reply();
      boolean end = data;
      data = reply.startsWith("354");
      if (end && ours && trouble != Trouble.NONE) {
        taken.countDown();
        if (trouble == Trouble.LOSE_THE_ANSWER) {
          trouble = Trouble.NONE;
          return;
        }
        released.await();
      }
      client.send(reply);
      ours &= !end; // a connection may bring another one
    }
  }

  private static final class Line {

    private final BufferedReader in;
    private final OutputStream out;

    Line(Socket socket) throws IOException {
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      out = socket.getOutputStream();
    }

    String read() throws IOException {
      return in.readLine();
    }

    void send(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    /** A whole reply: its last line has a blank after the code. */
    String reply() throws IOException {
      StringBuilder reply = new StringBuilder();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        reply.append(line).append("\r\n");
        if (line.length() < 4 || line.charAt(3) == ' ') {
          return reply.toString();
        }
      }
      throw new IOException("the server hung up");
    }
  }
}
