"""What each of the peers in Python prints as its last line."""

import json
import resource
import statistics

COMPARED = (5, 10, 15, 20)  # the steps of which the losses are compared


def show(times, losses, version):
    """Seconds of each step or call; for each step from the first the discriminator's and the generator's loss, or None."""
    means = losses and [statistics.mean(losses[step - 1][player] for step in COMPARED) for player in range(2)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": statistics.median(times), "peak": peak, "losses": means, "version": version}))
