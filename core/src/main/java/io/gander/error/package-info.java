/** What went wrong and how to mend it: the one exception that every room may throw at a user. Imports no other room. */
@NullMarked
package io.gander.error;

import org.jspecify.annotations.NullMarked;
