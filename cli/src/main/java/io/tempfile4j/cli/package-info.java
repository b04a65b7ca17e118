/** The command line: {@link io.tempfile4j.cli.Main} and one class per sub-command. */
@NullMarked
package io.tempfile4j.cli;

import org.jspecify.annotations.NullMarked;
