export const guestCases = async () => {};
