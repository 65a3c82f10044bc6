/** Where examples come from, before they are prepared: folders, archives, arrays, lists, and pairs of these. */
@NullMarked
package io.gander.source;

import org.jspecify.annotations.NullMarked;
