package org.recur4j.examples.command;

/** Somebody who lets a command ask him so many times, once before each batch, and then stops it. */
final class CtrlC extends Interruption {
  private int left;

  CtrlC(int times) {
    this.left = times;
  }

  @Override
  public boolean requested() {
    return left-- <= 0 || super.requested();
  }
}
