//! Numbers, money, quantities, percentages, dates and periods in text.
