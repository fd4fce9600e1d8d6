// The slot and ink of the first four and of the last four neighbours.
uniform highp usampler2D linksBefore;
uniform highp usampler2D linksAfter;
