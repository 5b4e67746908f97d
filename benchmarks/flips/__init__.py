"""Pairs of sentences, the second with the sign or the happening of the first turned: is it read as turned?"""
