/**
 * Stages between two searches for spins that have met the event of a rate: what those carry is lost, whenever that is seen, and a search
 * costs as much as a stage.
 */
export const stagesPerSearch = 4;

/** Divides the number of stages of a rate, so that its settling and both its halves hold whole searches. */
export const stagesTogether: number = 8 * stagesPerSearch;
