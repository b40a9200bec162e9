package io.relance.engine;

/**
 * How many commands may be under way at once: grows by one for each full window that the engine
 * took, halves when it says "slower". At 60 to 100 in flight a small broker rejects more than it
 * takes, so the window stays well below.
 */
final class SendWindow {

  private static final int START = 8;
  private static final int MIN = 2;
  private static final int MAX = 48;

  private double size = START;
  private int inFlight;

  synchronized void enter() throws InterruptedException {
    while (inFlight >= (int) size) {
      wait();
    }
    inFlight++;
  }

  synchronized void leave(boolean slower) {
    inFlight--;
    size = slower ? Math.max(MIN, size / 2) : Math.min(MAX, size + 1 / size);
    notifyAll();
  }

  synchronized int size() {
    return (int) size;
  }
}
