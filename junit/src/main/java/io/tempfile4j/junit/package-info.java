/**
 * Temporary files and directories in tests with JUnit Jupiter, 5.11 and later, and 6.
 *
 * <ul>
 *   <li>{@link io.tempfile4j.junit.Temporary @Temporary} gives a test a directory, a file, or a space, and removes it.
 *   <li>{@link io.tempfile4j.junit.TemporaryDirectoryFactory} and {@link
 *       io.tempfile4j.junit.TemporaryDirectoryDeletionStrategy} make and remove the directories of Jupiter's own {@link
 *       org.junit.jupiter.api.io.TempDir @TempDir}.
 *   <li>{@link io.tempfile4j.junit.NoTempLeaks @NoTempLeaks} fails a test that leaves something behind.
 * </ul>
 *
 * <p>With the configuration parameters of Jupiter, say in {@code junit-platform.properties}, every plain
 * {@code @TempDir} is ours:
 *
 * <pre>
 * junit.jupiter.tempdir.factory.default = io.tempfile4j.junit.TemporaryDirectoryFactory
 * junit.jupiter.tempdir.deletion.strategy.default = io.tempfile4j.junit.TemporaryDirectoryDeletionStrategy
 * </pre>
 */
package io.tempfile4j.junit;
