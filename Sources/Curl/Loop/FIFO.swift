/// A queue in one array: its front moves on, and the room before it is given back when it is half of the array.
struct FIFO<Element> {
    private var elements: [Element?] = []
    private var front = 0

    var isEmpty: Bool { front == elements.count }

    mutating func append(_ element: Element) {
        elements.append(element)
    }

    mutating func popFirst() -> Element? {
        guard front < elements.count else { return nil }
        let element = elements[front]
        elements[front] = nil
        front += 1
        if front == elements.count {
            elements.removeAll(keepingCapacity: true)
            front = 0
        } else if front >= 32, front * 2 >= elements.count {
            elements.removeFirst(front)
            front = 0
        }
        return element
    }
}
