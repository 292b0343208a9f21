package org.recur4j.backend.cuda.twin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Beside the CPU twin a stand-in for cuBLAS is loaded, so that JCublas2 binds to it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WithCublasTwin {}
