package org.recur4j.backend.cuda.twin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A source of kernels that one test class needs beside the backend's, such as wrong ones. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ExtraKernels {
  /** The file, from the module's folder. */
  String value();
}
