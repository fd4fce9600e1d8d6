// Slot and ink of the first and of the last four neighbours.
uniform highp usampler2D linksBefore;
uniform highp usampler2D linksAfter;
