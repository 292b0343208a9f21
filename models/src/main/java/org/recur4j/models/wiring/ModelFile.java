package org.recur4j.models.wiring;

import com.google.inject.BindingAnnotation;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Marks the path of the model file. */
@BindingAnnotation
@Retention(RetentionPolicy.RUNTIME)
@interface ModelFile {}
