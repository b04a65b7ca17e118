/** One class per question; each pairs the library with the baseline it is measured against, in one run. */
package io.tempfile4j.benchmarks;
