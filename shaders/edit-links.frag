#version 300 es
precision highp float;
precision highp int;

flat in uvec4 linksBefore;
flat in uvec4 linksAfter;

layout(location = 0) out uvec4 before;
layout(location = 1) out uvec4 after;

void main() {
  before = linksBefore;
  after = linksAfter;
}
