import threading

from remotehelp.latest import Latest


def test_an_empty_box_gives_nothing():
    assert Latest[int]().take() is None


def test_the_newest_value_wins_and_leaves_the_box():
    box = Latest[int]()
    assert box.put(1) is True  # the reader has to be woken
    assert box.put(2) is False  # it already was
    assert box.take() == 2
    assert box.take() is None
    assert box.put(3) is True


def test_a_fast_writer_never_makes_a_slow_reader_fall_behind():
    box = Latest[int]()
    woken = threading.Semaphore(0)
    seen = []

    def read() -> None:
        while not seen or seen[-1] != 20_000:
            woken.acquire()
            value = box.take()
            assert value is not None, "woken, and nothing was there"
            seen.append(value)

    reader = threading.Thread(target=read)
    reader.start()
    for value in range(1, 20_001):
        if box.put(value):
            woken.release()
    reader.join(timeout=10)
    assert not reader.is_alive()
    assert seen == sorted(set(seen))
    assert seen[-1] == 20_000
