/** The run directory, the contract between training and everything after it: recipe, provenance, metrics, samples, checkpoints, report. */
@NullMarked
package io.gander.run;

import org.jspecify.annotations.NullMarked;
