"""Drawings: users stand left of what they use, nothing overlaps, circles end, and thousands of boxes are no matter."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from integrationlint.model.graph import Arc, Graph
from integrationlint.report.drawing import Box, drawing
from integrationlint.report.layers import layered, spread
from tests.report.maps import node

EDGES = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)).filter(lambda one: one[0] != one[1]), max_size=40)


def graph(edges: list[tuple[int, int]], size: int = 15) -> Graph:
    nodes = tuple(node(f"f{one % 4}.yaml#type:T{one:05}", f"T{one}" * (1 + one % 3)) for one in range(size))
    arcs = tuple(Arc(nodes[start].address, nodes[end].address, "reads") for start, end in edges)
    return Graph(nodes, arcs, "Who uses whom")


def apart(one: Box, other: Box, height: float) -> bool:
    beside = one.x + one.width < other.x or other.x + other.width < one.x
    return beside or abs(one.y - other.y) >= height


@given(EDGES)
def test_boxes_are_apart_and_inside(edges: list[tuple[int, int]]) -> None:
    drawn = drawing(graph(edges))
    assert all(apart(one, other, drawn.box_height) for one, other in combinations(drawn.boxes, 2))
    places = [(one.x, one.y, one.width, float(drawn.box_height)) for one in drawn.boxes]
    places += [(one.x, one.y, one.width, one.height) for one in drawn.frames]
    for x, y, width, height in places:
        assert min(x, y) >= 0
        assert x + width <= drawn.width
        assert y + height <= drawn.height
    assert len(drawn.boxes) + len(drawn.alone) == 15
    assert len(drawn.lines) == len(set(edges))


def leads(edges: list[tuple[int, int]], start: int, end: int) -> bool:
    reached = [start]
    for one in reached:
        reached += [there for here, there in edges if here == one and there not in reached]
    return end in reached


@given(EDGES)
def test_users_stand_left_of_what_they_use_but_for_circles(edges: list[tuple[int, int]]) -> None:
    found = layered([0] * 15, edges)
    for number, (start, end) in enumerate(edges):
        left, right = (end, start) if number in found.turned else (start, end)
        assert found.layer[left] < found.layer[right]
        assert found.routes[number][0] == left
        assert found.routes[number][-1] == right
    for number in found.turned:
        start, end = edges[number]
        assert leads(edges, end, start), "an edge is turned that closes no circle"


def test_a_chain_with_a_short_cut_and_a_way_back() -> None:
    found = layered([0] * 5, [(0, 1), (1, 2), (0, 2), (2, 0), (2, 3), (4, 3)])
    assert found.layer[:5] == [0, 1, 2, 3, 2]
    assert found.turned == {3}
    assert [len(route) for route in found.routes] == [2, 2, 3, 3, 2, 2]


def test_places_keep_their_order_and_distance_near_their_wishes() -> None:
    assert spread([5.0, 5.0, 30.0], [0.0, 10.0, 10.0]) == [0.0, 10.0, 30.0]
    assert spread([], []) == []


def test_thousands_of_boxes_in_a_circle() -> None:
    size = 5_000
    edges = [(one, (one + 1) % size) for one in range(size)] + [(one, one * 7 % size) for one in range(1, size)]
    drawn = drawing(graph([(start, end) for start, end in edges if start != end], size))
    assert len(drawn.boxes) == size
    assert not any(one.label for one in drawn.lines)
