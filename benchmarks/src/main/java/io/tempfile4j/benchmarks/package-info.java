/**
 * What JMH measures: one class per question, each with the baseline it is measured against. Their forks are part of what
 * {@code io.tempfile4j.benchmarks.turns} has take turns.
 */
package io.tempfile4j.benchmarks;
