/** Trainings that are watched for vanishing and exploding gradients, with and without remedies. */
package org.recur4j.examples.flow;
