/**
 * Does something for each item, a number of them at the same time.
 *
 * @param width how many run at the same time
 * @throws what `work` throws first, when all that had begun has ended; nothing is begun after it
 */
export async function forEachLimited<Item> (items: Iterable<Item>, width: number, work: (item: Item) => Promise<void>): Promise<void> {
  const queue = items[Symbol.iterator]()
  const failures: unknown[] = []
  const worker = async (): Promise<void> => {
    for (let next = queue.next(); next.done !== true && failures.length === 0; next = queue.next()) {
      await work(next.value).catch((error: unknown) => failures.push(error))
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
  if (failures.length > 0) throw failures[0]
}
