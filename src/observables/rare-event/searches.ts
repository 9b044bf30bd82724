/**
 * Number of stages between two searches for spins that have met the event of a rate. The weight of these spins counts
 * as lost whenever it is found, and a search costs as much as a stage.
 */
export const stagesPerSearch = 4;

/**
 * Divides the number of stages of a rate, so that its settling and both its halves contain whole numbers of searches.
 */
export const stagesTogether: number = 8 * stagesPerSearch;
