/** The command line: it parses, delegates and draws. */
@NullMarked
package io.gander.cli;

import org.jspecify.annotations.NullMarked;
