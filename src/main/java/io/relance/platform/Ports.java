package io.relance.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Checks, before a part is started, that its port is free, and names the property that changes it
 * if it is not.
 */
public final class Ports {

  private Ports() {}

  public static void requireFree(int port, String part, String property) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException taken) {
      throw new StartFailure(
          "Port " + port + ", which " + part + " needs, is taken by another program.",
          "Stop that program, or set " + property + " to a free port.");
    }
  }
}
