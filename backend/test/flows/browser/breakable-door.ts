import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A door in front of a server, under one address for as long as the test runs, whichever server stands behind it. */
export interface BreakableDoor {
  port: number
  /** Where connections go from now on. */
  leadTo(port: number): void
  /** Breaks every connection that is open. */
  breakAll(): void
  close(): void
}

export async function openBreakableDoor(): Promise<BreakableDoor> {
  const sockets = new Set<Socket>()
  let target: number | undefined
  const keep = (socket: Socket, other: () => Socket | undefined) => {
    sockets.add(socket)
    // One end that breaks takes the other with it.
    socket.on('error', () => other()?.destroy())
    socket.on('close', () => {
      sockets.delete(socket)
      other()?.destroy()
    })
  }
  const door = createServer((inside) => {
    if (target === undefined) return void inside.destroy()
    const outside = connect(target, '127.0.0.1')
    keep(inside, () => outside)
    keep(outside, () => inside)
    inside.pipe(outside)
    outside.pipe(inside)
  })
  await new Promise<void>((done) => door.listen(0, '127.0.0.1', done))
  const breakAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (door.address() as AddressInfo).port,
    leadTo(port) {
      target = port
    },
    breakAll,
    close() {
      breakAll()
      door.close()
    },
  }
}
