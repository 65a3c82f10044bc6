/** Measurements that a person can rerun. */
@NullMarked
package io.gander.bench;

import org.jspecify.annotations.NullMarked;
