// Places panels on Grafana's grid of 24 columns: left to right, in lines, under the heading of their row.
//
// A panel says its size with the hidden fields `width` and `height`; panels of one line are of one height.
local columns = 24;

local place(state, panel) =
  local wraps = state.x + panel.width > columns;
  local x = if wraps then 0 else state.x;
  local y = if wraps then state.y + state.height else state.y;
  assert x == 0 || panel.height == state.height : 'the panels beside "%s" are of another height' % panel.title;
  {
    x: x + panel.width,
    y: y,
    height: panel.height,
    panels: state.panels + [panel { gridPos: { x: x, y: y, w: panel.width, h: panel.height } }],
  };

local heading(title) = { type: 'row', title: title, collapsed: false, panels: [], width:: columns, height:: 1 };

// rows: [{ title: …, panels: […] }]
function(rows)
  local placed = std.foldl(
    function(state, row) std.foldl(place, [heading(row.title)] + row.panels, state { x: columns }),
    rows,
    { x: 0, y: 0, height: 0, panels: [] }
  ).panels;
  std.mapWithIndex(function(index, panel) panel { id: index + 1 }, placed)
