/**
 * The seam: all that depends on the operating system or the file-system provider.
 *
 * <p>{@link io.tempfile4j.internal.platform.Platform} opens a {@link io.tempfile4j.internal.platform.Directory},
 * which makes, identifies and removes entries; a {@link io.tempfile4j.internal.platform.FileHandle} reads and writes
 * one file. There are two platforms: one of pure {@code java.nio}, for everything, and one of native calls, for Linux,
 * whose classes are in {@code META-INF/versions/22}; {@code BackendChoice} chooses. A process may begin with the one and
 * go on with the other: {@code TieredPlatform}. {@code Os} is the only reader of
 * {@code os.name}, {@code LocationSearch} the only reader of {@code TMPDIR}, {@code TEMP}, {@code TMP} and {@code
 * java.io.tmpdir}. This package depends on nothing else of ours.
 */
@NullMarked
package io.tempfile4j.internal.platform;

import org.jspecify.annotations.NullMarked;
