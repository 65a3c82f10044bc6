/** Files and disks: writing whole, checksums, free space, the cache folder, and what to say when the system refuses. Imports only {@code error}. */
@NullMarked
package io.gander.file;

import org.jspecify.annotations.NullMarked;
