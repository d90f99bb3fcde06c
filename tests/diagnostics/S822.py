path = 'C:\Users\tom'
