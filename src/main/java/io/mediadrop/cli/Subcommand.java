package io.mediadrop.cli;

import java.util.concurrent.Callable;

/**
 * A command that another jar brings, found there through {@code META-INF/services}. It ends with
 * its exit code.
 */
public interface Subcommand extends Callable<Integer> {}
