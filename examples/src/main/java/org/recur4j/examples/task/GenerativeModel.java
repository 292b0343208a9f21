package org.recur4j.examples.task;

import java.util.List;
import org.recur4j.api.recurrent.Precision;

/** A trained model that makes up sequences. */
public interface GenerativeModel extends TaskModel {
  /**
   * Makes up sequences; the same request gives the same ones.
   *
   * @param request how many, how daring, from which seed
   * @return as many as asked for, each as a person reads it
   */
  List<String> generate(Generation request);

  @Override
  GenerativeModel at(Precision precision);
}
