/** What the trainer needs of a model. */
package org.recur4j.models.training.model;
